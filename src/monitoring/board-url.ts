/** Where the desk serves Bull Board, in a process that knows the queues: a page of its own, for those who run the service. */
export const queueBoardUrl = '/admin/queues';
