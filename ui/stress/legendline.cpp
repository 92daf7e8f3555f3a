// SPDX-License-Identifier: GPL-3.0-or-later
//! Painted in one go, so that values that change ten times a second cause no layout.
#include "ui/stress/legendline.h"

#include "ui/shared/theme.h"

#include <QtGui/QPainter>
#include <QtGui/QResizeEvent>

namespace tallystick {

namespace {

constexpr int lineHeight = 18;
constexpr int swatchWidth = 12;

void paintSwatch(QPainter& painter, const QRect& at, LegendEntry::Swatch swatch, QColor color)
{
    using Swatch = LegendEntry::Swatch;
    const QRect line(at.left(), at.center().y() - 1, at.width(), 3);
    const QRect block(at.left(), at.center().y() - 4, at.width(), 9);
    if (swatch == Swatch::Line) {
        painter.fillRect(line, color);
        return;
    }
    if (swatch == Swatch::Block) {
        painter.fillRect(block, color);
        return;
    }
    QColor pale = color;
    pale.setAlphaF(swatch == Swatch::Pale ? 0.55F : 0.22F);
    painter.fillRect(block, pale);
    if (swatch == Swatch::Hatched)
        painter.fillRect(block, QBrush(color, Qt::BDiagPattern));
}

QFont strongFont()
{
    QFont strong = theme::font(theme::Type::Caption);
    strong.setWeight(QFont::DemiBold);
    return strong;
}

} // namespace

QColor inkColor(Ink ink, const QPalette& palette)
{
    return theme::seriesColor(static_cast<int>(ink), palette);
}

Ink outcomeInk(const QString& outcome)
{
    if (outcome == QLatin1String("ok"))
        return Ink::Blue;
    if (outcome == QLatin1String("replayed"))
        return Ink::Green;
    if (outcome == QLatin1String("refused"))
        return Ink::Orange;
    if (outcome == QLatin1String("failed"))
        return Ink::Magenta;
    return Ink::Grey;
}

LegendLine::LegendLine(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setFixedHeight(lineHeight);
}

void LegendLine::setTitle(const QString& title)
{
    if (m_title == title)
        return;
    m_title = title;
    m_entries.clear(); // another legend: it has no height to keep
    fit(true);
    update();
}

void LegendLine::setEntries(const QList<LegendEntry>& entries)
{
    m_entries = entries;
    fit(false); // values that change with every frame do not make it jump
    update();
}

QString LegendLine::text() const
{
    QStringList parts;
    for (const LegendEntry& entry : m_entries)
        parts.append(entry.value.isEmpty() ? entry.name
                                           : entry.name + QLatin1Char(' ') + entry.value);
    return parts.join(QStringLiteral(", "));
}

QSize LegendLine::sizeHint() const
{
    return {200, height()};
}

int LegendLine::widthOf(const LegendEntry& entry) const
{
    const QFontMetrics plain(theme::font(theme::Type::Caption));
    const QFontMetrics strong(strongFont());
    const int value =
        entry.value.isEmpty() ? 0 : strong.horizontalAdvance(QLatin1Char(' ') + entry.value);
    return swatchWidth + theme::tight + plain.horizontalAdvance(entry.name) + value;
}

QList<QPoint> LegendLine::places() const
{
    const int left = contentsMargins().left();
    const int end = width() - contentsMargins().right();
    QPoint at(left, 0);
    if (!m_title.isEmpty())
        at.rx() += QFontMetrics(strongFont()).horizontalAdvance(m_title) + theme::group;
    QList<QPoint> places;
    for (const LegendEntry& entry : m_entries) {
        const int needed = widthOf(entry);
        if (at.x() > left && at.x() + needed > end)
            at = QPoint(left, at.y() + lineHeight);
        places.append(at);
        at.rx() += needed + theme::gap + theme::tight;
    }
    return places;
}

void LegendLine::fit(bool mayShrink)
{
    const QList<QPoint> at = places();
    const int wanted = lineHeight + (at.isEmpty() ? 0 : at.last().y());
    if (wanted > height() || (mayShrink && wanted < height()))
        setFixedHeight(wanted);
}

void LegendLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fit(true);
}

void LegendLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor text = theme::color(theme::Role::Text, palette());
    const QColor secondary = theme::color(theme::Role::Secondary, palette());
    const QFont strong = strongFont();
    const QFont plain = theme::font(theme::Type::Caption);
    QPoint at(contentsMargins().left(), 0);
    const auto put = [&](const QString& words, const QFont& font, const QColor& color) {
        painter.setFont(font);
        painter.setPen(color);
        const int width = QFontMetrics(font).horizontalAdvance(words);
        painter.drawText(QRect(at, QSize(width + 2, lineHeight)), Qt::AlignLeft | Qt::AlignVCenter,
                         words);
        at.rx() += width;
    };
    put(m_title, strong, text);
    const QList<QPoint> starts = places();
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const LegendEntry& entry = m_entries[i];
        at = starts[i];
        paintSwatch(painter, QRect(at, QSize(swatchWidth, lineHeight)), entry.swatch,
                    inkColor(entry.ink, palette()));
        at.rx() += swatchWidth + theme::tight;
        put(entry.name, plain, secondary);
        if (!entry.value.isEmpty())
            put(QLatin1Char(' ') + entry.value, strong, text);
    }
}

} // namespace tallystick
