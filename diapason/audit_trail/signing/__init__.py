"""Hold what is stored and stated of signatures: the instance's public keys, persons' electronic signatures.

Keys are used in `keys`, heads signed in `heads`, persons' signatures taken in `signatures`.
"""
