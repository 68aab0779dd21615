"""Cuts the schema of Terraform's AWS provider out of a package made of it.

The provider itself is published where a package index does not reach. The
package `cdktn-provider-aws` is generated from it: each of its JavaScript files
carries, in its source map, TypeScript that says of every attribute which type
it has and whether it is required, optional or computed. `make schema` reads
that back into the form of `terraform providers schema -json`.

What is lost: which attributes are sensitive or deprecated, and limits on the
number of blocks other than none, one or any.
"""

from __future__ import annotations
