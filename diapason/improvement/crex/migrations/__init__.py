"""Hold the steps by which the tables of this chapter came about."""
