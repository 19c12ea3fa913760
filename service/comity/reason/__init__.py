"""The reasoner: HermiT on the vocabulary and on pairs of norms, and the conflicts that follow."""
