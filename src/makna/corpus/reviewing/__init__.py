"""What the door doubted, decided by a person: decisions, the texts they change, the batches written anew."""
