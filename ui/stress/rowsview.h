// SPDX-License-Identifier: GPL-3.0-or-later
//! The rows of one user around a counter-example.
#pragma once
#include "ledger/stress/report.h"

#include <QtWidgets/QWidget>

namespace tallystick {

class ChainModel;
class HairlineTable;
class Label;

class RowsView final : public QWidget
{
    Q_OBJECT
public:
    explicit RowsView(QWidget* parent = nullptr);
    void clear();
    /// Shows the chain of the example's user and scrolls to the row it names; says so when the
    /// report kept no rows of that user.
    void show(const Report& report, const Example& example);
    using QWidget::show;

private:
    Label* m_title;
    Label* m_sentence;
    Label* m_stored;
    ChainModel* m_model;
    HairlineTable* m_table;
};

} // namespace tallystick
