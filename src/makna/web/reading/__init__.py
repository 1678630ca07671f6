"""What the reading page is made of: pure functions over texts and passages. No Django here."""
