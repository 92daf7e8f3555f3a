// SPDX-License-Identifier: GPL-3.0-or-later
//! Whether there is a display to open a window on.
#pragma once
#include <QtCore/QString>

#include <optional>

namespace tallystick {

/// A sentence where none can be reached, for Qt would abort there. Blocks for some seconds at
/// most. To be asked before the application is made.
[[nodiscard]] std::optional<QString> missingDisplay();

} // namespace tallystick
