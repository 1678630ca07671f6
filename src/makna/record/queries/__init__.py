"""What pages and notebooks read of a record: plain functions of an actor, which show nothing the actor may not see."""
