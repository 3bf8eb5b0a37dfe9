"""The broker that the project starts itself: Apache Kafka from Python packages alone (extra `dideban[broker]`)."""
