"""Change the record of certificates, of their scope and of the audits of their cycles."""
