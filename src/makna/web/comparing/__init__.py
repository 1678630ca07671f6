"""Codes compared on a page: what is asked, the matrix that answers, and what of it leaves."""
