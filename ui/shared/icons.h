// SPDX-License-Identifier: GPL-3.0-or-later
//! The program's own icons, tinted from the palette when they are painted.
#pragma once
#include "ui/shared/theme.h"

#include <QtGui/QIcon>

class QPainter;

namespace tallystick::icons {

/// The icon resources/icons/\a name.svg, drawn in \a role of the application's current palette.
[[nodiscard]] QIcon icon(const QString& name, theme::Role role = theme::Role::Text);
/// The same, straight into \a rect in \a color.
void paint(QPainter& painter, const QRect& rect, const QString& name, const QColor& color);
/// The program's icon, in its own colours.
[[nodiscard]] QIcon programIcon();
/// Every name icon() knows, for the test that each can be drawn.
[[nodiscard]] QStringList allNames();

} // namespace tallystick::icons
