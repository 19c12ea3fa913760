"""The law printed for a reader: a norm or class on one page, and the index of instruments. Reads the sources, needs no build."""
