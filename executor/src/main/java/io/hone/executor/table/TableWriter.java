package io.hone.executor.table;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Sets up Parquet's writer so that the same rows always make the same bytes. */
@SuppressWarnings("deprecation") // What Parquet deprecates here is what it makes one implement.
final class TableWriter<R extends Record> extends ParquetWriter.Builder<R, TableWriter<R>> {
  /**
   * Small enough that Parquet's memory manager, which shrinks row groups when many writers of a JVM
   * together ask for too much, never has a reason to.
   */
  private static final long ROW_GROUP_BYTES = 16L << 20;

  private final RecordFields<R> fields;
  private final MessageType schema;

  private TableWriter(OutputFile file, RecordFields<R> fields, MessageType schema) {
    super(file);
    this.fields = fields;
    this.schema = schema;
  }

  static <R extends Record> ParquetWriter<R> open(
      ChecksummedOutput out, RecordFields<R> fields, MessageType schema, Configuration conf)
      throws IOException {
    return new TableWriter<>(new Output(out), fields, schema)
        .withConf(conf)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupSize(ROW_GROUP_BYTES)
        .build();
  }

  @Override
  protected TableWriter<R> self() {
    return this;
  }

  @Override
  protected WriteSupport<R> getWriteSupport(Configuration conf) {
    return new Rows<>(fields, schema);
  }

  private static final class Rows<R extends Record> extends WriteSupport<R> {
    private final RecordFields<R> fields;
    private final MessageType schema;
    private RecordConsumer consumer;

    Rows(RecordFields<R> fields, MessageType schema) {
      this.fields = fields;
      this.schema = schema;
    }

    @Override
    public WriteContext init(Configuration conf) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      this.consumer = recordConsumer;
    }

    @Override
    public void write(R row) {
      consumer.startMessage();
      fields.write(consumer, row);
      consumer.endMessage();
    }
  }

  private record Output(ChecksummedOutput out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new Positioned(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return new Positioned(out);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  /** Parquet may close its stream also where it failed; whether the file stays is not up to it. */
  private static final class Positioned extends PositionOutputStream {
    private final ChecksummedOutput out;

    Positioned(ChecksummedOutput out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return out.length();
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
