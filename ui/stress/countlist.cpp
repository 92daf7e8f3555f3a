// SPDX-License-Identifier: GPL-3.0-or-later
//! Painted, because it changes with every frame of a run.
#include "ui/stress/countlist.h"

#include "ui/report/runwords.h"
#include "ui/shared/format.h"
#include "ui/shared/theme.h"
#include "ui/stress/legendline.h"

#include <QtGui/QPainter>

namespace tallystick {

namespace {

constexpr int rowHeight = 24;
constexpr int detailHeight = 18;
constexpr int dab = 8;

int heightOf(const CountRow& row)
{
    return row.isDetail ? detailHeight : rowHeight;
}

} // namespace

QList<CountRow> countRows(const LiveSnapshot& snapshot)
{
    QList<CountRow> rows;
    const OutcomeCounts& counts = snapshot.outcomes;
    const auto add = [&](const QString& name, qint64 count, const QString& outcome) {
        rows.append({.name = name, .value = format::count(count), .ink = outcomeInk(outcome)});
    };
    const auto addDetails = [&](const QMap<QString, qint64>& details) {
        for (auto it = details.begin(); it != details.end(); ++it)
            rows.append({.name = detailWords(it.key()),
                         .value = format::count(it.value()),
                         .ink = {},
                         .isDetail = true});
    };
    add(CountList::tr("Ok"), counts.ok, QStringLiteral("ok"));
    if (counts.replayed > 0)
        add(CountList::tr("Answered again"), counts.replayed, QStringLiteral("replayed"));
    add(CountList::tr("Refused"), counts.refused, QStringLiteral("refused"));
    addDetails(snapshot.refusedBy);
    add(CountList::tr("Failed"), counts.failed, QStringLiteral("failed"));
    addDetails(snapshot.failedBy);
    add(CountList::tr("Unknown"), counts.unknown, QStringLiteral("unknown"));
    if (counts.unknown > 0)
        addDetails(snapshot.doubtedBy);
    const bool isOver = snapshot.phase == LiveSnapshot::Phase::Finished;
    struct Rare
    {
        QString name;
        qint64 count;
    };
    for (const Rare& rare : {Rare{CountList::tr("Unknown, was applied"), counts.applied},
                             Rare{CountList::tr("Unknown, was not"), counts.voided},
                             Rare{CountList::tr("Skipped"), counts.skipped},
                             Rare{isOver ? CountList::tr("Unfinished") : CountList::tr("Under way"),
                                  counts.unfinished}})
        if (rare.count > 0)
            add(rare.name, rare.count, QStringLiteral("unknown"));
    rows.append(
        {.name = CountList::tr("Issued"), .value = format::count(counts.issued()), .ink = {}});
    return rows;
}

CountList::CountList(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CountList::setRows(const QList<CountRow>& rows)
{
    const bool isTaller = rows.size() != m_rows.size();
    m_rows = rows;
    setAccessibleDescription(text());
    if (isTaller)
        updateGeometry();
    update();
}

QString CountList::text() const
{
    QStringList parts;
    for (const CountRow& row : m_rows)
        parts.append(row.name + QLatin1Char(' ') + row.value);
    return parts.join(QStringLiteral(", "));
}

QSize CountList::sizeHint() const
{
    int height = 0;
    for (const CountRow& row : m_rows)
        height += heightOf(row);
    return {160, height};
}

void CountList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int y = 0;
    for (const CountRow& row : m_rows) {
        const QRect line(0, y, width(), heightOf(row));
        painter.setFont(theme::font(row.isDetail ? theme::Type::Caption : theme::Type::Body));
        if (row.ink) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(inkColor(*row.ink, palette()));
            painter.drawRoundedRect(QRectF(0, line.center().y() - dab / 2.0 + 1, dab, dab), 2, 2);
        }
        const int valueWidth = painter.fontMetrics().horizontalAdvance(row.value);
        const QRect name = line.adjusted(dab + theme::gap, 0, -valueWidth - theme::gap, 0);
        painter.setPen(theme::color(theme::Role::Secondary, palette()));
        painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(row.name, Qt::ElideRight, name.width()));
        if (!row.isDetail)
            painter.setPen(theme::color(theme::Role::Text, palette()));
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.value);
        y += line.height();
    }
}

} // namespace tallystick
