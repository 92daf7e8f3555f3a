// SPDX-License-Identifier: GPL-3.0-or-later
//! Beside a run, or a page of it where there is little room: outcomes, invariants, lock waits.
#pragma once
#include "ledger/stress/report.h"

#include <QtWidgets/QWidget>

class QGridLayout;
class QVBoxLayout;

namespace tallystick {

class CountList;
class HairlineTable;
class InvariantsModel;
class Label;
class LockWaitsModel;

class OutcomeStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit OutcomeStrip(QWidget* parent = nullptr);
    void clear();
    void setSnapshot(const LiveSnapshot& snapshot);
    void setReport(const Report& report);

signals:
    /// An invariant was chosen: its id.
    void invariantChosen(const QString& id);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void fitTables();
    void showWaits(const QList<LockWait>& waits);
    CountList* m_counts;
    InvariantsModel* m_invariants;
    HairlineTable* m_invariantTable;
    Label* m_invariantNote;
    LockWaitsModel* m_waits;
    HairlineTable* m_waitTable;
    Label* m_waitNote;
    QGridLayout* m_grid;
    QVBoxLayout* m_outcomes;
    QVBoxLayout* m_checks;
    QVBoxLayout* m_queue;
    bool m_isWide = false;
};

} // namespace tallystick
