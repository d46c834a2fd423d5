"""What training material is changed with: noise, voices, rooms, channels, speed."""
