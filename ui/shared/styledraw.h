// SPDX-License-Identifier: GPL-3.0-or-later
//! How each control of the style is drawn.
#pragma once
#include <QtCore/QRect>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComplex;
class QStyleOptionHeader;
class QStyleOptionSlider;
class QStyleOptionTab;
class QWidget;

namespace tallystick::styledraw {

/// A dynamic property (bool) of an editor: drawn with the colour of an error.
inline constexpr const char* invalidProperty = "invalidInput";

void field(const QStyleOption& option, QPainter& painter, const QWidget* widget);
void pushButton(const QStyleOptionButton& option, QPainter& painter);
void toolButton(const QStyleOption& option, QPainter& painter);
void checkBox(const QStyleOption& option, QPainter& painter);
void comboBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget);
void tab(const QStyleOptionTab& option, QPainter& painter);
void closeMark(const QStyleOption& option, QPainter& painter); ///< of a tab
void headerSection(const QStyleOption& option, QPainter& painter);
void headerLabel(const QStyleOptionHeader& option, QPainter& painter);
void scrollBar(const QStyleOptionSlider& option, const QRect& thumb, QPainter& painter);
void focusRing(const QStyleOption& option, QPainter& painter);

} // namespace tallystick::styledraw
