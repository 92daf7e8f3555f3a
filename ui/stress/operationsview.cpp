// SPDX-License-Identifier: GPL-3.0-or-later
//! Bar and row of an operation point at each other.
#include "ui/stress/operationsview.h"

#include "ui/report/runwords.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/stress/chartview.h"
#include "ui/stress/legendline.h"
#include "ui/stress/operationsmodel.h"
#include "ui/stress/timelineview.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QVBoxLayout>

namespace tallystick {

namespace {

constexpr int roomForAllColumns = 820;
constexpr int roomForOverlaps = 640;

} // namespace

OperationsView::OperationsView(QWidget* parent)
    : QWidget(parent)
    , m_parts(new LegendLine(this))
    , m_outcomes(new LegendLine(this))
    , m_view(new TimelineView(this))
    , m_readOut(new Label(theme::Type::Caption, theme::Role::Secondary, {}, this))
    , m_model(new OperationsModel(this))
    , m_table(new HairlineTable(this))
{
    m_readOut->setObjectName(QStringLiteral("stressTimelineReadOut"));
    m_readOut->setElided(Qt::ElideRight);
    m_readOut->setContentsMargins(plotLeft, 0, plotRight, 0);
    m_table->setObjectName(QStringLiteral("stressOperations"));
    m_table->setAccessibleName(tr("Operations of the run"));
    m_table->setModel(m_model);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->setStretchColumn(OperationsModel::EndedAs);
    for (LegendLine* legend : {m_parts, m_outcomes})
        legend->setContentsMargins(plotLeft, 0, plotRight, 0);
    using Swatch = LegendEntry::Swatch;
    m_parts->setTitle(tr("Operations by worker"));
    m_parts->setEntries({{.name = tr("lock wait"), .value = {}, .swatch = Swatch::Hatched},
                         {.name = tr("work under the lock"), .value = {}, .swatch = Swatch::Block},
                         {.name = tr("commit and network"), .value = {}, .swatch = Swatch::Pale}});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::tight, 0, 0);
    column->setSpacing(theme::tight);
    column->addWidget(m_parts);
    column->addWidget(m_outcomes);
    column->addWidget(m_view, 3);
    column->addWidget(m_readOut);
    column->addWidget(m_table, 2);
    connect(m_view, &TimelineView::currentChanged, this, [this](int entry) {
        showEntry(entry);
        if (entry >= 0)
            m_table->setCurrentIndex(m_model->index(entry, 0));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                m_view->setCurrent(current.isValid() ? current.row() : -1);
                showEntry(m_view->current());
            });
    setSnapshot({});
}

void OperationsView::setSnapshot(const LiveSnapshot& snapshot)
{
    m_timeline = snapshot.timeline;
    m_view->setTimeline(snapshot.timeline, snapshot.elapsedSeconds);
    m_model->setTimeline(snapshot.timeline);
    // Values grow while a run is on ("46 µs", then "17.8 ms"): the header does not look again.
    m_table->horizontalHeader()->resizeSections(QHeaderView::ResizeToContents);
    m_table->setStretchColumn(OperationsModel::EndedAs);
    fillLegend();
    showEntry(m_view->current());
}

void OperationsView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Where there is no room for all, what the bars show anyway gives way.
    for (const int column : {OperationsModel::Sent, OperationsModel::Worked})
        m_table->setColumnHidden(column, width() < roomForAllColumns);
    m_table->setColumnHidden(OperationsModel::Overlapped, width() < roomForOverlaps);
}

void OperationsView::fillLegend()
{
    QMap<QString, int> counts;
    for (const TimelineEntry& entry : std::as_const(m_timeline))
        ++counts[entry.finished ? entry.outcome : tr("under way")];
    QList<LegendEntry> entries;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        entries.append({.name = outcomeWord(it.key()),
                        .value = QString::number(it.value()),
                        .ink = outcomeInk(it.key()),
                        .swatch = LegendEntry::Swatch::Block});
    m_outcomes->setEntries(entries);
}

void OperationsView::showEntry(int entry)
{
    if (entry >= 0 && entry < m_timeline.size())
        m_readOut->setText(entrySentence(m_timeline[entry], overlapsOf(m_timeline, entry)));
    else
        m_readOut->setText(m_timeline.isEmpty()
                               ? QString()
                               : tr("Hover a bar, or use the arrow keys, to read an operation."));
}

} // namespace tallystick
