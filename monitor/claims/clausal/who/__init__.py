"""Whose figure or act it is: subjects, owners, pronouns, and whom they mean."""
