"""Every sentence that a reader sees, one module for each page and one for what they share."""
