"""Judging descriptions for others: in processes that can be ended, or in this one; the forms in which answers are sent."""
