"""The tools that a language model calls over the Model Context Protocol, and the server that offers them."""
