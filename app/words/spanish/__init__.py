"""Every sentence that a reader sees, in Spanish: the modules of `english`, one by one."""
