"""The pages on which a person checks a flow: what is asked, what is answered, and the picture of it. Knows no web framework."""
