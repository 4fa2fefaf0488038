package dev.acm2.projector;

import dev.acm2.testkit.TestInfrastructure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/// A fresh database of a test.
final class Database {

  private final String url = TestInfrastructure.shared().freshDatabase();
  private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

  Database() {
    dataSource.setUrl(url + "&reWriteBatchedInserts=true");
  }

  String url() {
    return url;
  }

  PGSimpleDataSource dataSource() {
    return dataSource;
  }

  void execute(String sql) throws SQLException {
    try (
      Connection connection = dataSource.getConnection();
      Statement statement = connection.createStatement()
    ) {
      statement.execute(sql);
    }
  }

  /// The rows, their columns joined by a bar.
  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (
      Connection connection = dataSource.getConnection();
      Statement statement = connection.createStatement();
      ResultSet row = statement.executeQuery(sql)
    ) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(row.getString(i));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }
}
