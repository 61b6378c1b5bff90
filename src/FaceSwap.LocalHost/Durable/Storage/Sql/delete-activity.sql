DELETE FROM activities WHERE id = @id;
