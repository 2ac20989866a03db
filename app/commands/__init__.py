"""What `gatescope` does without opening the app: inspect, trace and convert model files."""
