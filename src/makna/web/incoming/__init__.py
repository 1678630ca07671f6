"""What comes in: files on their way from the browser through the door, before anything of them is in a study."""
