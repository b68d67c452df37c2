"""Records QoA4ML reports exactly as qoa4ml 0.3.18 serialises them. Run through scripts/record-reports.

The clients, report classes and probes are those of the library. Everything that differs between two runs is replaced:
the clock, UUIDs, and the machine that the probes observe (psutil, NVML, the Jetson file system, Docker). The Kafka
connector of qoa4ml 0.3.18 does not work, because it passes an unknown argument to confluent_kafka. A connector in this
file receives the messages instead.
"""

import io
import logging
import os
import random
import sys
import threading
import time
import uuid
import warnings
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

START = 1795428000.0  # 2026-11-23T10:00:00Z, the start of a 10 s window

random_numbers = random.Random(20261123)


class Clock:
    """Event time, in seconds. Replaces time.time()."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def at(self, seconds):
        self.now = START + seconds

    def advance(self, seconds):
        self.now += seconds


clock = Clock()
time.time = clock
uuid.uuid4 = lambda: uuid.UUID(int=random_numbers.getrandbits(128), version=4)
os.environ.pop("INSTANCE_ID", None)

# Imported after the two patches, because qoa4ml binds uuid4 by name.
import docker  # noqa: E402
import numpy as np  # noqa: E402
import psutil  # noqa: E402
from qoa4ml import qoa_client  # noqa: E402
from qoa4ml.connector.base_connector import BaseConnector  # noqa: E402
from qoa4ml.lang.attributes import DataQualityEnum, MLModelQualityEnum, ServiceQualityEnum  # noqa: E402
from qoa4ml.lang.common_models import Metric  # noqa: E402
from qoa4ml.lang.datamodel_enum import ReportTypeEnum  # noqa: E402
from qoa4ml.probes import process_monitoring_probe, system_monitoring_probe  # noqa: E402
from qoa4ml.reports.general_application_report import GeneralApplicationReport  # noqa: E402
from qoa4ml.reports.ml_reports import MLReport  # noqa: E402
from qoa4ml.reports.rohe_reports import RoheReport  # noqa: E402
from qoa4ml.utils import dataquality_utils, gpu_utils, jetson_utils  # noqa: E402
from qoa4ml.utils.logger import qoa_logger  # noqa: E402

SERVICE, DATA = 0, 1  # categories of QoaClient.observe_metric


class Recorder(BaseConnector):
    """Replaces the debug connector of qoa4ml, and keeps every message as it would be sent."""

    messages = []

    def __init__(self, config):
        pass

    def send_report(self, body_message):
        Recorder.messages.append(body_message)


qoa_client.DebugConnector = Recorder


class RecordableGeneralReport(GeneralApplicationReport):
    """GeneralApplicationReport is abstract in 0.3.18, because it lacks generate_report. That of MLReport fits."""

    generate_report = MLReport.generate_report


def instance_id(name):
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name + ".qoa.example"))


def new_client(application, stage, number, report_cls=MLReport, probes=None, **client_info):
    name = f"{stage}-{number}"
    config = {
        "client": {
            "name": name,
            "username": "aaltosea1",
            "instance_id": instance_id(f"{application}.{name}"),
            "instance_name": name,
            "stage_id": stage,
            "functionality": "REST",
            "application_name": application,
            "role": "ml_provider",
            "run_id": "run-1",
            "logging_level": 4,
            **client_info,
        },
        "connector": [{"name": "recorder", "connector_class": "Debug", "config": {"silence": True}}],
    }
    if probes:
        config["probes"] = probes
    return qoa_client.QoaClient(report_cls=report_cls, config_dict=config)


def submit(client, **arguments):
    """Sends a report, and waits for the client's sending thread, so that the order of reports is fixed."""
    before = set(threading.enumerate())
    report = client.report(submit=True, **arguments)
    for thread in set(threading.enumerate()) - before:
        thread.join()
    return report


def around(value, spread):
    """A number near value, to 6 digits."""
    return round(random_numbers.uniform(value - spread, value + spread), 6)


def within(seconds, spell):
    return spell[0] <= seconds < spell[1]


# --- object detection: the service of the QoA4ML tutorial -------------------------------------------------------------

OBJECT_DETECTION = "object_detection_teaching"
SLOW_GATEWAY = (20, 40)
POOR_INFERENCE = (30, 50)


def gateway_seconds(at):
    return around(0.26, 0.06) if within(at, SLOW_GATEWAY) else around(0.055, 0.02)


def observe_gateway(client, seconds, with_timer):
    if with_timer:
        client.timer()
        clock.advance(seconds)
        client.timer()
    else:
        clock.advance(seconds)
        client.observe_metric(ServiceQualityEnum.RESPONSE_TIME, seconds, SERVICE)
    client.observe_metric(ServiceQualityEnum.RELIABILITY, around(99.5, 0.5), SERVICE)
    client.observe_metric(DataQualityEnum.COMPLETENESS, random_numbers.choice([100, 100, 100, 75]), DATA)


def observe_pre_processing(client):
    client.timer()
    size = random_numbers.choice([(480, 640), (720, 1280), (1080, 1920)])
    clock.advance(around(0.012, 0.004))
    for metric, value in dataquality_utils.image_quality(np.zeros((*size, 3), dtype=np.uint8)).items():
        client.observe_metric(metric, value, DATA)
    client.observe_metric(DataQualityEnum.ACCURACY, around(97.0, 2.0), DATA, "share of readable pixels")
    client.observe_metric(DataQualityEnum.COMPLETENESS, 100, DATA)
    client.timer()


def observe_ml_inference(client, at):
    poor = within(at, POOR_INFERENCE)
    client.timer()
    clock.advance(around(0.031, 0.006))
    client.timer()
    client.observe_metric("model_state", {"loaded": True, "degraded": poor, "queue": {"length": 2, "limit": 16}}, SERVICE)
    client.observe_inference({"label": random_numbers.choice(["car", "person", "dog"]), "box": [12, 40, 210, 188]})
    client.observe_inference_metric("confidence", around(0.45, 0.08) if poor else around(0.9, 0.05))
    client.observe_inference_metric(MLModelQualityEnum.ACCURACY, around(71.0, 4.0) if poor else around(95.0, 2.0))


def object_detection_clients():
    return {
        stage: [new_client(OBJECT_DETECTION, stage, number) for number in (1, 2)]
        for stage in ("gateway", "pre_processing", "ml_inference")
    }


def record_object_detection_ml():
    """40 requests, 1.5 s apart. The three services of a request send a report each."""
    clients = object_detection_clients()
    for request in range(40):
        at = request * 1.5
        turn = request % 2
        corr_id = str(uuid.uuid4())
        clock.at(at)
        observe_gateway(clients["gateway"][turn], gateway_seconds(at), with_timer=turn == 0)
        submit(clients["gateway"][turn], corr_id=corr_id)
        observe_pre_processing(clients["pre_processing"][turn])
        submit(clients["pre_processing"][turn], corr_id=corr_id)
        observe_ml_inference(clients["ml_inference"][turn], at)
        submit(clients["ml_inference"][turn], corr_id=corr_id)


def record_object_detection_chained():
    """30 requests, 2 s apart. Only the last service sends; its report contains those of the earlier services.

    In every third request both pre-processing instances take part, and the last service imports a list.
    """
    clients = object_detection_clients()
    for request in range(30):
        at = request * 2.0
        clock.at(at)
        paths = (0, 1) if request % 3 == 2 else (request % 2,)
        previous = []
        for path in paths:
            gateway, pre_processing = clients["gateway"][path], clients["pre_processing"][path]
            observe_gateway(gateway, gateway_seconds(at), with_timer=path == 0)
            # A service must import before it observes: the import drops stages that the imported report lacks.
            pre_processing.import_previous_report(gateway.report())
            observe_pre_processing(pre_processing)
            previous.append(pre_processing.report())
        last = clients["ml_inference"][request % 2]
        last.import_previous_report(previous if len(previous) > 1 else previous[0])
        observe_ml_inference(last, at)
        submit(last)


# --- ROHE: an ensemble of models behind an aggregation ----------------------------------------------------------------


def record_rohe():
    """24 requests, 2.5 s apart, through gateway, processing, two models and aggregation.

    For the first four requests every service sends its report; for the others only the last service does.
    """
    application = "object_classification_ensemble"
    gateway = new_client(application, "gateway", 1, RoheReport)
    processing = new_client(application, "data_processing", 1, RoheReport, functionality="Transformation")
    models = [
        new_client(application, "ml_inference_ensemble", number, RoheReport, functionality="TensorFlow")
        for number in (1, 2)
    ]
    aggregate = new_client(application, "ml_inference_aggregate", 1, RoheReport, functionality="Max Aggregate")
    for request in range(24):
        at = request * 2.5
        clock.at(at)
        pass_on = submit if request < 4 else (lambda client: client.report())
        poor = within(at, POOR_INFERENCE)

        gateway.timer()
        clock.advance(gateway_seconds(at))
        gateway.timer()
        gateway_report = pass_on(gateway)

        processing.import_previous_report(gateway_report)
        processing.timer()
        clock.advance(around(0.02, 0.005))
        processing.timer()
        processing.observe_metric("image_width", 224, DATA)
        processing.observe_metric("image_height", 224, DATA)
        processing_report = pass_on(processing)

        model_reports = []
        for model in models:
            model.import_previous_report(processing_report)
            model.timer()
            clock.advance(around(0.04, 0.01))
            model.timer()
            confidence = around(0.42, 0.1) if poor else around(0.88, 0.08)
            model.observe_inference({"cat": confidence, "dog": round(1 - confidence, 6)})
            model.observe_inference_metric("confidence", confidence)
            model_reports.append(pass_on(model))

        aggregate.import_previous_report(model_reports)
        aggregate.timer()
        clock.advance(around(0.003, 0.001))
        aggregate.timer()
        confidence = around(0.5, 0.1) if poor else around(0.92, 0.05)
        aggregate.observe_inference(confidence)
        aggregate.observe_inference_metric("confidence", confidence)
        aggregate.observe_inference_metric(MLModelQualityEnum.ACCURACY, around(74.0, 4.0) if poor else around(96.0, 2.0))
        submit(aggregate)

    # A service that only observes an inference. 0.3.18 then omits the inference report.
    models[0].observe_inference({"cat": 0.9})
    models[0].observe_inference_metric("confidence", 0.9)
    submit(models[0])


# --- BTS: time-series prediction for base transceiver stations --------------------------------------------------------

BTS = "bts_prediction"
POOR_PREDICTION = (20, 40)
MACHINE_TYPES = ("small", "normal")


def bts_accuracy(machine_type, at):
    """Percent. The classic contract promises 80 on small machines and 95 on normal ones."""
    if machine_type == "small":
        return around(72.0, 3.0) if within(at, POOR_PREDICTION) else around(86.0, 3.0)
    return around(88.0, 2.0) if within(at, POOR_PREDICTION) else around(97.0, 1.0)


def bts_seconds(machine_type, at):
    """Seconds. The classic contract promises 0.05 on both kinds of machines."""
    if within(at, POOR_PREDICTION):
        return around(0.09, 0.02)
    return around(0.032, 0.008) if machine_type == "small" else around(0.018, 0.006)


def observe_series_quality(client):
    """The data quality of an input window of six values, one of which is sometimes missing."""
    series = np.array([[around(0.5, 0.4)] for _ in range(6)])
    if random_numbers.random() < 0.2:
        series[3][0] = np.nan
    for metric, value in dataquality_utils.eva_none(series).items():
        client.observe_metric(metric, value, DATA)
    return series


def record_bts_ml():
    """60 predictions, one per second, alternating between a small and a normal machine; an evaluation every 10 s."""
    predictors = {
        machine_type: new_client(
            BTS, "lstm_prediction", number, functionality="TensorFlow", custom_info={"machinetypes": machine_type}
        )
        for number, machine_type in enumerate(MACHINE_TYPES, 1)
    }
    evaluation = new_client(BTS, "evaluation", 1, environment="Cloud")
    for at in range(60):
        clock.at(at)
        machine_type = MACHINE_TYPES[at % 2]
        client = predictors[machine_type]
        client.timer()
        clock.advance(bts_seconds(machine_type, at))
        client.timer()
        series = observe_series_quality(client)
        client.observe_inference(float(np.nanmean(series)))
        client.observe_inference_metric(MLModelQualityEnum.ACCURACY, bts_accuracy(machine_type, at))
        # A metric that has no value yet is NaN in Python; the client sends it as null.
        poor = within(at, POOR_PREDICTION)
        mse = float("nan") if at < 2 else around(0.05, 0.01) if poor else around(0.01, 0.004)
        client.observe_inference_metric(MLModelQualityEnum.MSE, mse)
        submit(client)
        if at % 10 == 9:
            clock.at(at + 0.5)
            evaluate_bts(evaluation, at)
            submit(evaluation)


def evaluate_bts(client, at):
    """Uses the report class, because observe_metric of the client cannot set units or several records."""
    client.observe_metric("accuracy", {m: bts_accuracy(m, at) for m in MACHINE_TYPES}, SERVICE)
    client.observe_metric(ServiceQualityEnum.RELIABILITY, around(85.0 if within(at, POOR_PREDICTION) else 97.0, 2.0))
    client.observe_metric("within_contract", not within(at, POOR_PREDICTION))
    client.observe_metric("model_version", "lstm-2")
    records = [bts_seconds(m, at) for m in MACHINE_TYPES for _ in range(3)]
    client.qoa_report.observe_metric(
        ReportTypeEnum.service,
        client.stage_id,
        Metric(metric_name=ServiceQualityEnum.RESPONSE_TIME, records=records, unit="s", description="latest six"),
    )


def record_general():
    """24 predictions, 2.5 s apart; each of the three services adds its metrics to those of the previous one."""
    preparation = new_client(BTS, "data_preparation", 1, RecordableGeneralReport, functionality="Transformation")
    prediction = new_client(BTS, "lstm_prediction", 1, RecordableGeneralReport, functionality="TensorFlow")
    evaluation = new_client(BTS, "evaluation", 1, RecordableGeneralReport)
    for request in range(24):
        at = request * 2.5
        clock.at(at)
        observe_series_quality(preparation)
        prediction.import_previous_report(preparation.report())
        prediction.timer()
        clock.advance(bts_seconds("small", at))
        prediction.timer()
        prediction.observe_inference([around(0.5, 0.4)])
        prediction.observe_inference_metric(MLModelQualityEnum.MSE, around(0.01, 0.004))
        if request % 2:
            submit(prediction)
            continue
        evaluation.import_previous_report(prediction.report())
        evaluation.observe_metric("accuracy", {m: bts_accuracy(m, at) for m in MACHINE_TYPES})
        evaluation.observe_metric("within_contract", {"accuracy": True, "response_time": not within(at, POOR_PREDICTION)})
        evaluation.qoa_report.observe_metric(
            ReportTypeEnum.service,
            evaluation.stage_id,
            Metric(metric_name=ServiceQualityEnum.AVAILABILITY, records=[100, 99.5, 100], unit="percentage"),
        )
        submit(evaluation, corr_id=str(uuid.uuid4()))


# --- probes -----------------------------------------------------------------------------------------------------------

MB = 1024 * 1024
CpuTimes = namedtuple("CpuTimes", "user system children_user children_system iowait")
MemoryInfo = namedtuple("MemoryInfo", "rss vms shared text lib data dirty")
VirtualMemory = namedtuple("VirtualMemory", "total available percent used free")


class Process:
    """A process with one child and increasing usage. Replaces psutil.Process."""

    def __init__(self, pid, parent=True):
        self.pid, self.parent = pid, parent

    def username(self):
        return "aaltosea1"

    def children(self, recursive=False):
        return [Process(self.pid + 1, parent=False)] if self.parent else []

    def cpu_times(self):
        elapsed = round(clock.now - START, 2)
        return CpuTimes(1.25 + elapsed * 0.4, 0.31 + elapsed * 0.05, 0.0, 0.0, 0.0)

    def memory_info(self):
        elapsed = int(clock.now - START)
        return MemoryInfo((180 + elapsed) * MB, 1420 * MB, 20 * MB, 4 * MB, 0, 300 * MB, 0)


def replace_machine():
    """Shows the probes a simulated machine: 4 cores, 8 GB, an NVIDIA card and the integrated GPU of a Jetson."""
    psutil.cpu_percent = lambda percpu: [around(35.0, 20.0) for _ in range(4)]
    psutil.cpu_freq = lambda: SimpleNamespace(max=1900.0)
    psutil.cpu_count = lambda logical: 4
    psutil.virtual_memory = lambda: VirtualMemory(8192 * MB, 5000 * MB, 39.0, 3072 * MB + random_numbers.randrange(MB), 0)
    psutil.pid_exists = lambda pid: True
    psutil.Process = Process
    process_monitoring_probe.get_process_allowed_cpus = lambda: [0, 1, 2, 3]
    process_monitoring_probe.get_process_allowed_memory = lambda: "max"

    gpu_utils.HAS_NVIDIA_GPU = True
    gpu_utils.nvmlDeviceGetCount = lambda: 1
    gpu_utils.nvmlDeviceGetHandleByIndex = lambda index: index
    gpu_utils.nvmlDeviceGetUtilizationRates = lambda handle: SimpleNamespace(gpu=random_numbers.randrange(20, 90))
    gpu_utils.nvmlDeviceGetMemoryInfo = lambda handle: SimpleNamespace(used=2100 * MB, total=16384 * MB)
    gpu_utils.nvmlDeviceGetNumGpuCores = lambda handle: 2560
    gpu_utils.nvmlDeviceGetMaxClockInfo = lambda handle, kind: 1590

    integrated = {"type": "integrated", "path": "/sys/devices/gpu.0", "frq_path": "/sys/class/devfreq/gpu.0"}
    system_monitoring_probe.find_igpu = lambda: {"ga10b": dict(integrated)}
    jetson_utils.os = SimpleNamespace(access=lambda path, mode: True, R_OK=os.R_OK)
    jetson_utils.open = lambda path: io.StringIO(str(random_numbers.randrange(100, 900)))


def probe_config(probe_type, environment, **more):
    return {
        "probe_type": probe_type,
        "frequency": 1,
        "require_register": False,
        "log_latency_flag": False,
        "environment": environment,
        **more,
    }


def record_probes():
    """The system and the process probe, every 5 s for 20 s, in each environment that the library knows."""
    replace_machine()
    clients = [
        new_client(
            OBJECT_DETECTION,
            "ml_inference",
            1,
            role="ml_infrastructure",
            environment=environment,
            probes=[
                probe_config("system", environment, node_name=f"node-{environment.lower()}-1"),
                probe_config("process", environment, pid=4242),
            ],
        )
        for environment in ("HPC", "Edge", "Cloud")
    ]
    for tick in range(4):
        clock.at(tick * 5)
        for client in clients:
            for probe in client.probes_list:
                probe.reporting()


class Container:
    """A container of the Docker SDK, with the part of the Docker API's stats that qoa4ml reads."""

    status = "running"

    def __init__(self, name, number):
        self.name = name
        self.id = f"{number:02x}" * 32
        self.image = SimpleNamespace(tags=[f"qoa/{name}:latest"])

    def stats(self, stream):
        return {
            "cpu_stats": {"cpu_usage": {"total_usage": 9_000_000 + random_numbers.randrange(4_000_000)},
                          "system_cpu_usage": 90_000_000, "online_cpus": 4},
            "precpu_stats": {"cpu_usage": {"total_usage": 8_000_000}, "system_cpu_usage": 50_000_000},
            "memory_stats": {"usage": 150 * MB + random_numbers.randrange(MB)},
        }


def record_container():
    """The Docker probe, every 5 s for 40 s: two containers, then one, then none."""
    containers = [Container("gateway", 0x1A), Container("ml-inference", 0x2B)]
    running = list(containers)
    docker.from_env = lambda: SimpleNamespace(containers=SimpleNamespace(list=lambda: running))
    client = new_client(
        OBJECT_DETECTION, "gateway", 1, role="ml_infrastructure", probes=[probe_config("docker", "Edge")]
    )
    for tick in range(8):
        clock.at(tick * 5)
        if tick in (6, 7):
            running.pop()
        client.probes_list[0].reporting()


# --- other messages of the library ------------------------------------------------------------------------------------


def record_user_defined():
    """A report that the application defines: QoaClient.report(report=...)."""
    client = new_client(OBJECT_DETECTION, "gateway", 1)
    for tick in range(4):
        clock.at(tick * 5)
        submit(client, report={"queue_length": 3 + tick, "workers": {"busy": tick, "idle": 4 - tick}})


def record_general_bare():
    """The model of the general application report alone: no metadata, so no application and no event time."""
    client = new_client(BTS, "lstm_prediction", 1, RecordableGeneralReport)
    for tick in range(4):
        clock.at(tick * 5)
        client.timer()
        clock.advance(0.03)
        client.timer()
        Recorder.messages.append(client.qoa_report.report.model_dump_json())
        client.qoa_report.reset()


RECORDINGS = {
    "reports/object-detection-ml": record_object_detection_ml,
    "reports/object-detection-chained": record_object_detection_chained,
    "reports/rohe": record_rohe,
    "reports/general": record_general,
    "reports/bts-ml": record_bts_ml,
    "reports/probes": record_probes,
    "reports/container": record_container,
    "reports-other/user-defined": record_user_defined,
    "reports-other/general-bare": record_general_bare,
}


def main(testdata):
    warnings.filterwarnings("ignore", message="Pydantic serializer warnings")
    qoa_logger.setLevel(logging.ERROR)
    for name, record in RECORDINGS.items():
        # Each recording starts with a new state, so that a change to one does not affect the others.
        random_numbers.seed(name)
        clock.at(0)
        Recorder.messages.clear()
        record()
        path = testdata / f"{name}.ndjson"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(message + "\n" for message in Recorder.messages), encoding="utf-8", newline="\n")
        print(f"{len(Recorder.messages):4} reports  {path.relative_to(testdata.parent)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
