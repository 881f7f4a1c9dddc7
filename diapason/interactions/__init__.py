"""Say in one table what follows when something happens (ISO 9001 §4.4.1 b).

Owns no record. It sits above every chapter, so that none needs to know another; a row goes to another
chapter and exists only when both its ends do.
"""
