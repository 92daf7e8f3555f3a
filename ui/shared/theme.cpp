// SPDX-License-Identifier: GPL-3.0-or-later
//! The one table of colours and what is made of it.
#include "ui/shared/theme.h"

#include "ui/shared/style.h"

#include <QtGui/QFontDatabase>
#include <QtGui/QFontMetricsF>
#include <QtWidgets/QApplication>
#include <QtWidgets/QToolTip>

#include <algorithm>
#include <cmath>

namespace tallystick::theme {

namespace {

struct Shade
{
    Role role;
    QRgb light, dark;
};

constexpr std::array shades{
    Shade{Role::Window, 0xFFF5F6F8, 0xFF14171B},   Shade{Role::Surface, 0xFFFFFFFF, 0xFF1B1F24},
    Shade{Role::Raised, 0xFFFFFFFF, 0xFF22272E},   Shade{Role::Hairline, 0xFFE1E4E8, 0xFF2D333B},
    Shade{Role::Text, 0xFF1B1F24, 0xFFE6EAF0},     Shade{Role::Secondary, 0xFF57606A, 0xFF9BA7B4},
    Shade{Role::Accent, 0xFF1F57D6, 0xFF6CA5FF},   Shade{Role::OnAccent, 0xFFFFFFFF, 0xFF0F1B2D},
    Shade{Role::Positive, 0xFF146C42, 0xFF4CC38A}, Shade{Role::Negative, 0xFFB42318, 0xFFFF8078},
    Shade{Role::Warning, 0xFF835500, 0xFFE3B341},  Shade{Role::Info, 0xFF0A6583, 0xFF5CC8E5}};

struct Line
{
    QRgb light, dark;
};
constexpr std::array lines{Line{0xFF2F6FED, 0xFF6CA5FF}, Line{0xFFC96A12, 0xFFF2994A},
                           Line{0xFFC2338B, 0xFFE879B9}, Line{0xFF17794A, 0xFF4CC38A},
                           Line{0xFF6B7480, 0xFF9BA7B4}};

double luminance(const QColor& color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const QColor rgb = color.toRgb();
    return 0.2126 * linear(double(rgb.redF())) + 0.7152 * linear(double(rgb.greenF())) +
           0.0722 * linear(double(rgb.blueF()));
}

bool hasTabularDigits(const QFont& font)
{
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char16_t digit = u'1'; digit <= u'9'; ++digit)
        if (!qFuzzyCompare(metrics.horizontalAdvance(QChar(digit)), width))
            return false;
    return true;
}

/// Columns of amounts only line up when every digit is as wide as the next.
QString textFamily()
{
    const QFont system = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const QStringList families = QFontDatabase::families();
    for (const QString& family :
         {QStringLiteral("Noto Sans"), system.family(), QStringLiteral("DejaVu Sans")})
        if (families.contains(family) && hasTabularDigits(QFont(family, 13)))
            return family;
    return system.family();
}

} // namespace

QColor color(Role role, Scheme scheme)
{
    const auto shade = std::find_if(shades.begin(), shades.end(),
                                    [role](const Shade& each) { return each.role == role; });
    Q_ASSERT(shade != shades.end());
    return QColor::fromRgb(scheme == Scheme::Light ? shade->light : shade->dark);
}

QColor color(Role role, const QPalette& palette)
{
    return color(role, schemeOf(palette));
}

Scheme schemeOf(const QPalette& palette)
{
    return luminance(palette.color(QPalette::Active, QPalette::Window)) < 0.2 ? Scheme::Dark
                                                                              : Scheme::Light;
}

QColor tint(Role role, int percent, Role below, Scheme scheme)
{
    const QColor over = color(role, scheme);
    const QColor base = color(below, scheme);
    const auto mixed = [percent](int a, int b) {
        return (a * percent + b * (100 - percent)) / 100;
    };
    return QColor(mixed(over.red(), base.red()), mixed(over.green(), base.green()),
                  mixed(over.blue(), base.blue()));
}

QColor tint(Role role, int percent, Role below, const QPalette& palette)
{
    return tint(role, percent, below, schemeOf(palette));
}

QColor seriesColor(int index, Scheme scheme)
{
    const Line& line = lines[size_t(index) % lines.size()];
    return QColor::fromRgb(scheme == Scheme::Light ? line.light : line.dark);
}

QColor seriesColor(int index, const QPalette& palette)
{
    return seriesColor(index, schemeOf(palette));
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QFont font(Type type)
{
    static const QString family = textFamily();
    QFont font(family);
    switch (type) {
    case Type::Caption:
        font.setPixelSize(11);
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.3);
        break;
    case Type::Body:
        font.setPixelSize(13);
        break;
    case Type::Section:
        font.setPixelSize(15);
        font.setWeight(QFont::DemiBold);
        break;
    case Type::Number:
        font.setPixelSize(28);
        font.setWeight(QFont::DemiBold);
        break;
    case Type::Mono:
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setPixelSize(12);
        break;
    }
    return font;
}

QPalette palette(Scheme scheme)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Role from) {
        palette.setColor(role, color(from, scheme));
    };
    set(QPalette::Window, Role::Window);
    set(QPalette::Base, Role::Surface);
    set(QPalette::AlternateBase, Role::Window);
    set(QPalette::Button, Role::Raised);
    set(QPalette::ToolTipBase, Role::Raised);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText,
          QPalette::BrightText, QPalette::HighlightedText})
        set(role, Role::Text);
    set(QPalette::PlaceholderText, Role::Secondary);
    set(QPalette::Link, Role::Accent);
    set(QPalette::LinkVisited, Role::Accent);
    palette.setColor(QPalette::Highlight,
                     tint(Role::Accent, selectionPercent + 10, Role::Surface, scheme));
    for (const QPalette::ColorRole role : {QPalette::Light, QPalette::Midlight, QPalette::Mid})
        set(role, Role::Hairline);
    palette.setColor(QPalette::Dark, tint(Role::Secondary, 50, Role::Surface, scheme));
    palette.setColor(QPalette::Shadow, QColor(0, 0, 0, 60));
    const QColor disabled = tint(Role::Secondary, 70, Role::Surface, scheme);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

Scheme systemScheme()
{
    return schemeOf(QApplication::palette());
}

void apply(QApplication& application, Scheme scheme)
{
    if (!qobject_cast<Style*>(application.style()))
        application.setStyle(new Style);
    QApplication::setPalette(palette(scheme));
    QApplication::setFont(font(Type::Body));
    QToolTip::setPalette(palette(scheme));
    QToolTip::setFont(font(Type::Body));
}

} // namespace tallystick::theme
