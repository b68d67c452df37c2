package qoa.systemtests.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Injects faults one by one, and undoes each. Used by one thread. */
final class Injector {

  private static final Logger LOG = LoggerFactory.getLogger(Injector.class);

  private final List<EngineProcess> engines;
  private final List<TcpProxy> networks;
  private final List<Backend> backends;
  private final Contracts contracts;
  private final UserFaults users;
  private final Broker broker;
  private final OpaServer opa;
  private final OpaProxy opaProxy;
  private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);

  /**
   * @param users injects the faults of users
   * @param opa null if no engine is proxied; then {@code opaProxy} is null too
   */
  Injector(
      List<EngineProcess> engines,
      List<TcpProxy> networks,
      List<Backend> backends,
      Contracts contracts,
      UserFaults users,
      Broker broker,
      OpaServer opa,
      OpaProxy opaProxy) {
    this.engines = engines;
    this.networks = networks;
    this.backends = backends;
    this.contracts = contracts;
    this.users = users;
    this.broker = broker;
    this.opa = opa;
    this.opaProxy = opaProxy;
  }

  /** Injects a fault, waits for its duration, and undoes it. */
  void inject(Fault fault) throws Exception {
    LOG.info("{}, engine {}, {} ms", fault.kind(), fault.engine() + 1, fault.lasts());
    EngineProcess engine = engines.get(fault.engine());
    boolean isInjected = true;
    switch (fault.kind()) {
      case ENGINE_KILL -> {
        engine.kill();
        Thread.sleep(fault.lasts());
        engine.start();
      }
      case ENGINE_TERM, ENGINE_LEAVES -> {
        engine.terminate();
        Thread.sleep(fault.lasts());
        engine.start();
      }
      case ENGINE_STOP -> freeze(List.of(engine.handle()), fault.lasts());
      case BROKER_TERM -> {
        broker.terminate();
        Thread.sleep(fault.lasts());
        broker.start();
      }
      case BROKER_KILL -> {
        broker.kill();
        Thread.sleep(fault.lasts());
        broker.start();
      }
      case NETWORK_CUT -> {
        networks.get(fault.engine()).cut();
        Thread.sleep(fault.lasts());
        networks.get(fault.engine()).heal();
      }
      case OPA_KILL -> killOpa(fault);
      case OPA_ERROR -> failOpa(OpaProxy.Mode.ERROR, fault.lasts());
      case OPA_HANG -> failOpa(OpaProxy.Mode.HANG, fault.lasts());
      case CONTRACT_CHANGE -> changeContract(fault.lasts());
      case PAUSE_ALL -> freezeAll(fault.lasts());
      default -> isInjected = users.inject(fault);
    }
    if (isInjected) {
      injected.merge(fault.kind(), 1, Integer::sum);
    }
  }

  private void freezeAll(long millis) throws Exception {
    List<ProcessHandle> all = new ArrayList<>();
    engines.forEach(engine -> all.add(engine.handle()));
    all.add(broker.handle());
    if (opa != null) {
      all.add(opa.handle());
    }
    freeze(all, millis);
  }

  /** Stops processes and their OPA servers, as if their machine stood still. */
  private static void freeze(List<ProcessHandle> processes, long millis) throws Exception {
    List<ProcessHandle> all = new ArrayList<>();
    for (ProcessHandle process : processes) {
      all.addAll(process.descendants().toList());
      all.add(process);
    }
    for (ProcessHandle process : all) {
      Signals.stop(process);
    }
    Thread.sleep(millis);
    for (ProcessHandle process : all) {
      Signals.resume(process);
    }
  }

  private void killOpa(Fault fault) throws Exception {
    if (backends.get(fault.engine()) == Backend.PROXIED) {
      opa.kill();
      Thread.sleep(fault.lasts());
      opa.start();
      return;
    }
    engines
        .get(fault.engine())
        .handle()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/opa"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private void failOpa(OpaProxy.Mode mode, long millis) throws InterruptedException {
    opaProxy.mode(mode);
    Thread.sleep(millis);
    opaProxy.mode(OpaProxy.Mode.PASS);
  }

  private void changeContract(long millis) throws Exception {
    for (EngineProcess engine : engines) {
      engine.terminate();
    }
    contracts.change();
    Thread.sleep(millis);
    for (EngineProcess engine : engines) {
      engine.start();
    }
  }

  /** How often each kind was injected. */
  Map<FaultKind, Integer> injected() {
    return new TreeMap<>(injected);
  }
}
