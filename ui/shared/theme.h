// SPDX-License-Identifier: GPL-3.0-or-later
//! The look in one place: roles with their colours in light and dark, type sizes, spacing.
#pragma once
#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtGui/QPalette>

#include <array>

class QApplication;

namespace tallystick::theme {

enum class Scheme { Light, Dark };

/// What a colour is for. Every colour drawn comes from here, or from seriesColor().
enum class Role {
    Window,
    Surface, ///< where rows and text stand
    Raised,  ///< cards and pop-ups above the window
    Hairline,
    Text,
    Secondary, ///< captions, headers, what is said second
    Accent,
    OnAccent, ///< text on a filled accent
    Positive,
    Negative,
    Warning,
    Info
};
inline constexpr std::array allRoles{Role::Window,   Role::Surface,   Role::Raised,  Role::Hairline,
                                     Role::Text,     Role::Secondary, Role::Accent,  Role::OnAccent,
                                     Role::Positive, Role::Negative,  Role::Warning, Role::Info};

[[nodiscard]] QColor color(Role role, Scheme scheme);
/// The colour for a widget that has this palette: `theme::color(Role::Positive, palette())`. Ask
/// while painting, so that a switch of the theme needs nothing but a repaint.
[[nodiscard]] QColor color(Role role, const QPalette& palette);
[[nodiscard]] Scheme schemeOf(const QPalette& palette);

/// \a role at \a percent over \a below, opaque: backgrounds of chips, hover and selection.
[[nodiscard]] QColor tint(Role role, int percent, Role below, Scheme scheme);
[[nodiscard]] QColor tint(Role role, int percent, Role below, const QPalette& palette);
inline constexpr int chipPercent = 12;
inline constexpr int selectionPercent = 14;
inline constexpr int hoverPercent = 5;

/// Lines of a chart, in an order the colour-blind can tell apart: blue, orange, magenta, green,
/// grey, then again.
[[nodiscard]] QColor seriesColor(int index, Scheme scheme);
[[nodiscard]] QColor seriesColor(int index, const QPalette& palette);

/// WCAG 2.1, "contrast ratio": 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

enum class Type {
    Caption, ///< 11 px
    Body,    ///< 13 px
    Section, ///< 15 px, semibold
    Number,  ///< 28 px, semibold: the number of a page
    Mono     ///< 12 px, for ids
};
/// In a family whose digits are all equally wide.
[[nodiscard]] QFont font(Type type);

/// The 8-px rhythm.
inline constexpr int tight = 4;   ///< inside chips, between a label and its field
inline constexpr int gap = 8;     ///< between related things
inline constexpr int group = 16;  ///< between groups
inline constexpr int margin = 24; ///< around a page
inline constexpr int rowHeight = 28;
inline constexpr int radius = 6;

[[nodiscard]] QPalette palette(Scheme scheme);
/// What the desktop asks for, as far as its palette tells.
[[nodiscard]] Scheme systemScheme();
/// Style, palette and fonts of the whole program; may be called again at any time to switch.
void apply(QApplication& application, Scheme scheme);

} // namespace tallystick::theme
