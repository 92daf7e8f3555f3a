// SPDX-License-Identifier: GPL-3.0-or-later
//! The timeline of a small run over the table of the same operations.
#pragma once
#include "ledger/stress/live.h"

#include <QtWidgets/QWidget>

namespace tallystick {

class HairlineTable;
class Label;
class LegendLine;
class OperationsModel;
class TimelineView;

class OperationsView final : public QWidget
{
    Q_OBJECT
public:
    explicit OperationsView(QWidget* parent = nullptr);
    void setSnapshot(const LiveSnapshot& snapshot);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showEntry(int entry);
    void fillLegend();
    QList<TimelineEntry> m_timeline;
    LegendLine* m_parts;
    LegendLine* m_outcomes;
    TimelineView* m_view;
    Label* m_readOut;
    OperationsModel* m_model;
    HairlineTable* m_table;
};

} // namespace tallystick
