"""Every sentence that a reader sees, in Simplified Chinese."""
