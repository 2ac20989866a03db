"""What several components are made with."""
