INSERT INTO history (instance, batch, events) VALUES (@instance, @batch, @events);
