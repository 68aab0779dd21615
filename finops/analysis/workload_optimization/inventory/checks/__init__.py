"""Every check of the inventory, one small file each."""

from __future__ import annotations

from typing import Any, Final

from finops.analysis.workload_optimization.inventory.check import Check
from finops.analysis.workload_optimization.inventory.checks.bucket_rules import (
    BUCKET_WITHOUT_RULES,
    UNFINISHED_UPLOADS,
)
from finops.analysis.workload_optimization.inventory.checks.extended_support import (
    EXTENDED_SUPPORT,
)
from finops.analysis.workload_optimization.inventory.checks.function_architecture import (
    FUNCTION_ARCHITECTURE,
)
from finops.analysis.workload_optimization.inventory.checks.gp2_volume import (
    GP2_VOLUME,
)
from finops.analysis.workload_optimization.inventory.checks.idle_address import (
    IDLE_ADDRESS,
)
from finops.analysis.workload_optimization.inventory.checks.idle_cache import (
    IDLE_CACHE,
)
from finops.analysis.workload_optimization.inventory.checks.idle_database import (
    IDLE_DATABASE,
)
from finops.analysis.workload_optimization.inventory.checks.idle_instance import (
    IDLE_INSTANCE,
)
from finops.analysis.workload_optimization.inventory.checks.idle_load_balancer import (
    EMPTY_LOAD_BALANCER,
    IDLE_LOAD_BALANCER,
)
from finops.analysis.workload_optimization.inventory.checks.idle_nat_gateway import (
    IDLE_NAT_GATEWAY,
)
from finops.analysis.workload_optimization.inventory.checks.idle_table import (
    IDLE_TABLE,
)
from finops.analysis.workload_optimization.inventory.checks.io_volume import IO_VOLUME
from finops.analysis.workload_optimization.inventory.checks.log_retention import (
    LOG_RETENTION,
)
from finops.analysis.workload_optimization.inventory.checks.old_snapshot import (
    OLD_SNAPSHOT,
)
from finops.analysis.workload_optimization.inventory.checks.oversized_database import (
    OVERSIZED_DATABASE,
)
from finops.analysis.workload_optimization.inventory.checks.oversized_gp3 import (
    OVERSIZED_GP3,
)
from finops.analysis.workload_optimization.inventory.checks.oversized_instance import (
    OVERSIZED_INSTANCE,
)
from finops.analysis.workload_optimization.inventory.checks.previous_generation import (
    PREVIOUS_GENERATION,
)
from finops.analysis.workload_optimization.inventory.checks.stale_images import (
    STALE_IMAGES,
)
from finops.analysis.workload_optimization.inventory.checks.unattached_volume import (
    UNATTACHED_VOLUME,
)
from finops.analysis.workload_optimization.inventory.checks.unused_secret import (
    UNUSED_SECRET,
)
from finops.analysis.workload_optimization.inventory.checks.volume_of_stopped import (
    VOLUME_OF_STOPPED,
)

CHECKS: Final[tuple[Check[Any], ...]] = (
    IDLE_INSTANCE,
    OVERSIZED_INSTANCE,
    PREVIOUS_GENERATION,
    UNATTACHED_VOLUME,
    GP2_VOLUME,
    IO_VOLUME,
    OVERSIZED_GP3,
    VOLUME_OF_STOPPED,
    OLD_SNAPSHOT,
    IDLE_ADDRESS,
    IDLE_NAT_GATEWAY,
    EMPTY_LOAD_BALANCER,
    IDLE_LOAD_BALANCER,
    IDLE_DATABASE,
    OVERSIZED_DATABASE,
    EXTENDED_SUPPORT,
    BUCKET_WITHOUT_RULES,
    UNFINISHED_UPLOADS,
    LOG_RETENTION,
    FUNCTION_ARCHITECTURE,
    IDLE_TABLE,
    STALE_IMAGES,
    IDLE_CACHE,
    UNUSED_SECRET,
)
"""The checks, the most valuable first within a service."""
