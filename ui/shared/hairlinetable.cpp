// SPDX-License-Identifier: GPL-3.0-or-later
//! Manners of every table: whole rows, hover, Enter, and a word before the end is reached.
#include "ui/shared/hairlinetable.h"

#include "ui/shared/hairlinedelegate.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>

namespace tallystick {

HairlineTable::HairlineTable(QWidget* parent)
    : QTableView(parent)
{
    setItemDelegate(new HairlineDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(20); // first: no default may be below it
    verticalHeader()->setDefaultSectionSize(theme::rowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setFont(theme::font(theme::Type::Caption));
    verticalScrollBar()->setSingleStep(theme::rowHeight);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &HairlineTable::watchEnd);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &HairlineTable::watchEnd);
    connect(this, &QAbstractItemView::doubleClicked, this, &HairlineTable::rowChosen);
}

void HairlineTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    // A focus bar is drawn in the first cell of the current row: both rows have to be redrawn.
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, viewport(),
            qOverload<>(&QWidget::update));
}

void HairlineTable::setStretchColumn(int column)
{
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

bool HairlineTable::isFirstShownColumn(int column) const
{
    for (int before = 0; before < column; ++before)
        if (!isColumnHidden(before))
            return false;
    return true;
}

void HairlineTable::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        currentIndex().isValid()) {
        if (!event->isAutoRepeat())
            emit rowChosen(currentIndex());
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void HairlineTable::mouseMoveEvent(QMouseEvent* event)
{
    QTableView::mouseMoveEvent(event);
    const int row = rowAt(event->pos().y());
    if (row != std::exchange(m_hoveredRow, row))
        viewport()->update();
}

void HairlineTable::leaveEvent(QEvent* event)
{
    QTableView::leaveEvent(event);
    if (std::exchange(m_hoveredRow, -1) != -1)
        viewport()->update();
}

void HairlineTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    watchEnd();
}

void HairlineTable::watchEnd()
{
    const QScrollBar* bar = verticalScrollBar();
    if (model() && model()->rowCount() > 0 && bar->value() >= bar->maximum() - bar->pageStep())
        emit endApproached();
}

} // namespace tallystick
