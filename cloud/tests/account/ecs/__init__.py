"""Amazon ECS: its tasks, in containers on Fargate."""
