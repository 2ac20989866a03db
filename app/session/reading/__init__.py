"""Large files, read in processes of their own: with progress, bounded, ended with their readers."""
