// SPDX-License-Identifier: GPL-3.0-or-later
//! Qt's own remarks about lost database sessions, kept from standard error.
#pragma once

namespace tallystick {

/// What the driver remarks is told as a failure, in words; everything else is printed as before.
void leaveOutDriverRemarks();

} // namespace tallystick
