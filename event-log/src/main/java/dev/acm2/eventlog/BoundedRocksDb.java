package dev.acm2.eventlog;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/// All stores of this process share one block cache and one budget of write buffers.
public final class BoundedRocksDb implements RocksDBConfigSetter {

  private static final long CACHE_BYTES = 24L * 1024 * 1024;
  private static final long WRITE_BUFFER_BYTES = 12L * 1024 * 1024;
  private static final long ONE_WRITE_BUFFER_BYTES = 2L * 1024 * 1024;
  private static final int MAX_WRITE_BUFFERS = 2;

  static {
    org.rocksdb.RocksDB.loadLibrary();
  }

  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(
    WRITE_BUFFER_BYTES,
    CACHE
  );

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setWriteBufferSize(ONE_WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(MAX_WRITE_BUFFERS);
  }

  /// The cache and the buffers are shared: they outlive each single store.
  @Override
  public void close(String storeName, Options options) {}
}
