package io.hone.executor.table;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Sets up Parquet's reader to make records of the columns asked for. */
@SuppressWarnings("deprecation") // What Parquet deprecates here is what it makes one implement.
final class TableReader<R extends Record> extends ParquetReader.Builder<R> {
  private final RecordFields<R> fields;
  private final MessageType requested;

  private TableReader(InputFile file, RecordFields<R> fields, MessageType requested) {
    super(file);
    this.fields = fields;
    this.requested = requested;
  }

  static <R extends Record> TableReader<R> of(
      InputFile file, RecordFields<R> fields, MessageType requested, Configuration conf) {
    TableReader<R> reader = new TableReader<>(file, fields, requested);
    reader.withConf(conf);
    return reader;
  }

  @Override
  protected ReadSupport<R> getReadSupport() {
    return new ReadSupport<>() {
      @Override
      public ReadContext init(InitContext context) {
        MessageType stored = context.getFileSchema();
        for (Type column : requested.getFields()) {
          if (!stored.containsField(column.getName())
              || !stored.getType(column.getName()).equals(column)) {
            throw new ParquetDecodingException("it has no column \"" + column + '"');
          }
        }
        return new ReadContext(requested);
      }

      @Override
      public RecordMaterializer<R> prepareForRead(
          Configuration conf,
          Map<String, String> metadata,
          MessageType fileSchema,
          ReadContext context) {
        return new Rows<>(fields, context.getRequestedSchema());
      }
    };
  }

  private static final class Rows<R extends Record> extends RecordMaterializer<R> {
    private final GroupConverter root;
    private R current;

    Rows(RecordFields<R> fields, MessageType stored) {
      this.root = fields.reader(stored.getFields(), row -> current = row);
    }

    @Override
    public R getCurrentRecord() {
      return current;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
