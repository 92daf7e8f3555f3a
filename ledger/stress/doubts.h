// SPDX-License-Identifier: GPL-3.0-or-later
//! Finds out what became of operations whose outcome was unknown.
#pragma once
#include "ledger/stress/evidence.h"

namespace tallystick {

/// Looks the keys up in the user's rows, which must have been read after the fence, when no
/// session of the run was left: before it, a commit may still come. A row that stands and is what
/// was asked for makes its operation Applied, unless another operation is known to have written
/// it; every other doubt is Voided. Nothing is sent: an operation that never was applied does not
/// become so by being resolved.
void resolveDoubts(const Evidence& evidence, UserEvidence& user);

} // namespace tallystick
