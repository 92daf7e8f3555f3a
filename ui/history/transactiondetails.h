// SPDX-License-Identifier: GPL-3.0-or-later
//! One row of a statement with everything that is known of it.
#pragma once
#include "ledger/core/transaction.h"

#include <QtWidgets/QWidget>

class QStackedWidget;

namespace tallystick {

class Chip;
class FactList;
class Label;
class MetadataView;

class TransactionDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit TransactionDetails(QWidget* parent = nullptr);
    void show(const Transaction& row);
    void clear();
    using QWidget::show;

private:
    QStackedWidget* m_pages;
    Label* m_amount;
    Label* m_movement;
    Chip* m_type;
    FactList* m_facts;
    MetadataView* m_metadata;
};

} // namespace tallystick
