DELETE FROM messages WHERE id = @id;
