// SPDX-License-Identifier: GPL-3.0-or-later
//! The style sheet of HTML reports, in the program's own colours.
#pragma once
#include <QtCore/QString>

namespace tallystick {

/// CSS for light, dark and paper. Holds no character that XML would need escaped.
[[nodiscard]] QString reportStyleSheet();
/// An invisible SVG that defines the hatching of lock waits; once a page.
[[nodiscard]] QString hatchDefinition();

} // namespace tallystick
