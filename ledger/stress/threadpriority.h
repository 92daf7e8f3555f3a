// SPDX-License-Identifier: GPL-3.0-or-later
//! Lets many threads of a run stand back behind the one that shows it.
#pragma once

namespace tallystick {

/// The calling thread yields to every other of its program and session that wants to run; for good,
/// as only a privileged process may take it back. Sixty-four sessions on two cores would otherwise
/// keep a window from its turn for seconds. Does nothing where threads have no priority of their
/// own (they have on Linux: setpriority(2), "C library/kernel differences").
void lowerThreadPriority();

} // namespace tallystick
