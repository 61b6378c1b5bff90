SELECT
    coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'instances'), 0),
    (SELECT coalesce(max(id), 0) FROM messages),
    (SELECT coalesce(max(id), 0) FROM activities);
