"""Read registry downloads record by record, in bounded memory, refusing what cannot be read one by one."""
