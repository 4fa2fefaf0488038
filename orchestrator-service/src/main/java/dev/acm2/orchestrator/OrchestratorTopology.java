package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.orchestrator.LaneProcessor.Released;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// ```
/// acm2.events  -> run-decider     -> acm2.events, acm2.lanes, acm2.control
/// acm2.lanes   -> lane-dispatcher -> acm2.work, acm2.events, acm2.lane-views
/// acm2.workers    -> workers (global)
/// acm2.lane-views -> lane-overrides (global)
/// ```
final class OrchestratorTopology {

  private static final String EVENTS_SOURCE = "events-source";
  private static final String LANES_SOURCE = "lanes-source";
  private static final String RUN_DECIDER = "run-decider";
  private static final String LANE_DISPATCHER = "lane-dispatcher";
  private static final StreamPartitioner<byte[], Released> IN_TURN = (_, _, released, partitions) ->
    Optional.of(Set.of(Math.floorMod(released.number(), partitions)));
  private static final Serializer<Released> WORK_ITEM = (_, released) ->
    ContractJson.EVENTS.writeValueAsBytes(released.item());

  private OrchestratorTopology() {}

  /// @param lanes what is configured, by lane
  /// @param rules when a run gives up a model
  static Topology build(
    ModelCatalogue catalogue,
    Map<String, LaneLimits> lanes,
    BreakerRules rules,
    EventStamp stamp,
    LogContact contact
  ) {
    return build(catalogue, lanes, rules, stamp, contact, Stores::persistentKeyValueStore);
  }

  /// @param lasting makes the stores of what outlives the runs
  static Topology build(
    ModelCatalogue catalogue,
    Map<String, LaneLimits> lanes,
    BreakerRules rules,
    EventStamp stamp,
    LogContact contact,
    Function<String, KeyValueBytesStoreSupplier> lasting
  ) {
    Topology topology = new Topology();
    addWorkers(topology);
    addOverrides(topology);
    Budget budget = new Budget(catalogue);
    ConfiguredLanes configured = new ConfiguredLanes(Map.copyOf(lanes));
    addRuns(
      topology,
      overridden -> new RunDecider(new Releasing(budget, configured.names(overridden), rules)),
      stamp,
      contact
    );
    addStores(topology, RunStores.builders(lasting), RUN_DECIDER);
    addLanes(topology, configured, stamp);
    return topology;
  }

  private static void addWorkers(Topology topology) {
    topology.addGlobalStore(
      Workers.builder(),
      "workers-source",
      new ByteArrayDeserializer(),
      new ByteArrayDeserializer(),
      Topics.WORKERS.topic(),
      "workers-listener",
      Workers::new
    );
  }

  private static void addOverrides(Topology topology) {
    topology.addGlobalStore(
      Overrides.builder(),
      "lane-views-source",
      new ByteArrayDeserializer(),
      new ByteArrayDeserializer(),
      Topics.LANE_VIEWS.topic(),
      "lane-views-listener",
      Overrides::new
    );
  }

  private static void addRuns(
    Topology topology,
    Function<Set<String>, RunDecider> deciders,
    EventStamp stamp,
    LogContact contact
  ) {
    addSource(topology, EVENTS_SOURCE, Topics.EVENTS);
    topology.addProcessor(
      RUN_DECIDER,
      () -> new RunProcessor(deciders, stamp, contact),
      EVENTS_SOURCE
    );
    addSink(topology, RunProcessor.EVENTS, Topics.EVENTS, RUN_DECIDER);
    addSink(topology, RunProcessor.LANES, Topics.LANES, RUN_DECIDER);
    addSink(topology, RunProcessor.CONTROL, Topics.CONTROL, RUN_DECIDER);
  }

  private static void addLanes(Topology topology, ConfiguredLanes lanes, EventStamp stamp) {
    addSource(topology, LANES_SOURCE, Topics.LANES);
    topology.addProcessor(LANE_DISPATCHER, () -> new LaneProcessor(lanes, stamp), LANES_SOURCE);
    addStores(topology, LaneStores.builders(), LANE_DISPATCHER);
    addSink(topology, LaneProcessor.EVENTS, Topics.EVENTS, LANE_DISPATCHER);
    addSink(topology, LaneViews.SINK, Topics.LANE_VIEWS, LANE_DISPATCHER);
    topology.addSink(
      LaneProcessor.WORK,
      Topics.WORK.topic(),
      new ByteArraySerializer(),
      WORK_ITEM,
      IN_TURN,
      LANE_DISPATCHER
    );
  }

  private static void addSource(Topology topology, String name, Topics topic) {
    topology.addSource(
      name,
      new ByteArrayDeserializer(),
      new ByteArrayDeserializer(),
      topic.topic()
    );
  }

  private static void addSink(Topology topology, String name, Topics topic, String parent) {
    topology.addSink(
      name,
      topic.topic(),
      new ByteArraySerializer(),
      new ByteArraySerializer(),
      parent
    );
  }

  private static void addStores(Topology topology, List<StoreBuilder<?>> stores, String processor) {
    stores.forEach(store -> topology.addStateStore(store, processor));
  }
}
